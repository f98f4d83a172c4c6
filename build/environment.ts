/** The only file of this room that reads the environment. */

/** Whether npm started this process, as a script. */
export const isRunByNpm = (): boolean => process.env.npm_lifecycle_event !== undefined;

/** The environment for a child process: this one's, with changes. */
export function childEnvironment(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const inherited = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(inherited), ...changes };
}
