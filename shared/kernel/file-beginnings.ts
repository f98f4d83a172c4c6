/** How files of each type begin: the signatures that their standards give. Text has none. */
const beginnings = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
} as const satisfies Record<string, readonly number[]>;

export const beginsAs = (type: keyof typeof beginnings, bytes: Uint8Array): boolean =>
  beginnings[type].every((byte, index) => bytes[index] === byte);
