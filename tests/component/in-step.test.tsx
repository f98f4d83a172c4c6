import { useRef, useState } from 'react';
import { expect, it, vi } from 'vitest';
import { TextIn } from '#renderer/ui/text-in.tsx';
import { useInStep } from '#renderer/ui/use-in-step.ts';
import { render } from './render.tsx';

const line = (number: number) => `On day ${number} he came to the yard ${number} times.`;
const lines = Array.from({ length: 200 }, (_, number) => line(number));
/** Ten lines more in the place of one. */
const changed = lines.toSpliced(50, 1, ...Array.from({ length: 11 }, (_, number) => `Said otherwise, ${number}.`));

function Texts({ texts: [one, other] }: { readonly texts: readonly [string, string] }) {
  const within = useRef<HTMLDivElement>(null);
  const [value, setValue] = useState(other);
  useInStep(within);
  return (
    <div ref={within} style={{ width: 640 }}>
      {/* As the theme has it: no line is broken. */}
      <style>{'.MuiTextField-root { width: 100% }'}</style>
      <div data-scrolls style={{ height: 200, overflow: 'auto', whiteSpace: 'pre-wrap', lineHeight: '20px' }}>
        {one}
      </div>
      <TextIn label="Sanitised" lines={6} value={value} onChange={setValue} />
    </div>
  );
}

function show(one: readonly string[], other: readonly string[]) {
  const container = render(<Texts texts={[one.join('\n'), other.join('\n')]} />);
  const original = container.querySelector('[data-scrolls]') as HTMLElement;
  const field = container.querySelector('textarea') as HTMLTextAreaElement;
  return { original, field, height: Number.parseFloat(getComputedStyle(field).lineHeight) };
}

it('brings the passage to which one text was scrolled to the top of the other', async () => {
  const { original, field, height } = show(lines, changed);
  original.scrollTop = 120 * 20;
  await vi.waitFor(() => expect(Math.abs(field.scrollTop - 130 * height)).toBeLessThan(height));
  field.scrollTop = 40 * height;
  await vi.waitFor(() => expect(Math.abs(original.scrollTop - 40 * 20)).toBeLessThan(20));
  field.scrollTop = 160 * height;
  await vi.waitFor(() => expect(Math.abs(original.scrollTop - 150 * 20)).toBeLessThan(20));
});

it('brings both to their ends together', async () => {
  const { original, field } = show(lines, changed);
  original.scrollTop = original.scrollHeight;
  await vi.waitFor(() => expect(field.scrollTop).toBe(field.scrollHeight - field.clientHeight));
  field.scrollTop = 0;
  await vi.waitFor(() => expect(original.scrollTop).toBe(0));
});
