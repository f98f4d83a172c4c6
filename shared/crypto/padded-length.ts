const kibi = 1024;

const steps: readonly { readonly upTo: number; readonly step: number }[] = [
  { upTo: kibi, step: 256 },
  { upTo: 4 * kibi, step: kibi },
  { upTo: 16 * kibi, step: 4 * kibi },
  { upTo: 64 * kibi, step: 16 * kibi },
  { upTo: Number.POSITIVE_INFINITY, step: 64 * kibi },
];

/** As many bytes or more: whole steps that grow with the size, so that what is sealed tells less of how long it was. */
export const paddedLength = (length: number): number => {
  const { step } = steps.find(({ upTo }) => length <= upTo) as (typeof steps)[number];
  return Math.ceil(length / step) * step;
};
