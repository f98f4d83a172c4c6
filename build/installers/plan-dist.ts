import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** An unpacked Electron distribution, as it was given. */
export interface GivenElectron {
  readonly folder: string;
  readonly system: 'linux' | 'win' | 'mac';
  readonly version: string;
}

/** What is on this computer, or in the environment, to make installers with. */
export interface Tools {
  readonly fpm: boolean;
  readonly dpkgDeb: boolean;
  /** Folder, from APPIMAGE_TOOLS_PATH. */
  readonly appImage: string | null;
  /** Folder, from ELECTRON_BUILDER_NSIS_DIR. */
  readonly nsis: string | null;
}

export interface DistPlan {
  /** For electron-builder. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** What is made by which tool, and what is not made. */
  readonly told: readonly string[];
}

const packDeb = fileURLToPath(new URL('./pack-deb.ts', import.meta.url));

interface Part {
  readonly targets: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly told: string;
}

function planDeb({ fpm, dpkgDeb }: Tools): Part {
  if (fpm) return { targets: ['deb'], environment: { USE_SYSTEM_FPM: 'true' }, told: 'The .deb is packed by fpm.' };
  if (dpkgDeb) {
    return { targets: ['deb'], environment: { CUSTOM_FPM_PATH: packDeb }, told: 'The .deb is packed by dpkg-deb.' };
  }
  return { targets: [], environment: {}, told: 'No .deb: neither fpm nor dpkg-deb is on this computer.' };
}

const planAppImage = ({ appImage }: Tools): Part =>
  appImage
    ? { targets: ['AppImage'], environment: {}, told: `The AppImage is made with the tools in ${appImage}.` }
    : { targets: [], environment: {}, told: 'No AppImage: APPIMAGE_TOOLS_PATH names no tools.' };

const planNsis = ({ nsis }: Tools): Part =>
  nsis
    ? { targets: ['nsis'], environment: {}, told: `The Windows installer is made by the NSIS in ${nsis}.` }
    : { targets: [], environment: {}, told: 'No Windows installer: ELECTRON_BUILDER_NSIS_DIR names no NSIS.' };

const planParts = (system: GivenElectron['system'], tools: Tools): readonly Part[] => {
  if (system === 'linux') return [planDeb(tools), planAppImage(tools)];
  if (system === 'win') return [planNsis(tools)];
  return [{ targets: ['dmg'], environment: {}, told: 'The disk image is made by macOS.' }];
};

/**
 * Packs a given Electron with the tools of this computer, and fetches nothing.
 * @param wanted the version of Electron that this Probity is built for: an older one lacks what was mended since
 */
export function planDist(electron: GivenElectron, wanted: string, tools: Tools): Result<DistPlan, string> {
  if (electron.version !== wanted) {
    return err(`${electron.folder} has Electron ${electron.version}, and Probity is built for ${wanted}.`);
  }
  const parts = planParts(electron.system, tools);
  const targets = parts.flatMap((part) => part.targets);
  return ok({
    args: [
      `--${electron.system}`,
      // The folder alone, where there is no tool for anything else.
      ...(targets.length > 0 ? targets : ['dir']),
      '--x64',
      `-c.electronDist=${electron.folder}`,
      `-c.electronVersion=${electron.version}`,
    ],
    environment: Object.assign({}, ...parts.map((part) => part.environment)),
    told: parts.map((part) => part.told),
  });
}
