import { damagedFiles } from './damaged-files.ts';
import { drawingBombs } from './drawing-bombs.ts';
import { filterBombs } from './filter-bombs.ts';
import type { HostileFile } from './hostile-file.ts';
import { hostileTexts } from './hostile-texts.ts';
import { jpegBombs, pngBombs } from './picture-bombs.ts';
import { structureBombs } from './structure-bombs.ts';

/** All of them. The seed draws where files are cut and which bytes are changed. */
export const hostileFiles = (seed: number): readonly HostileFile[] => [
  ...filterBombs,
  ...structureBombs,
  ...drawingBombs,
  ...jpegBombs,
  ...pngBombs,
  ...damagedFiles(seed),
  ...hostileTexts,
];
