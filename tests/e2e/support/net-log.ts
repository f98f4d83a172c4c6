/** What an event of a net log names: a URL, a host with or without scheme and port, an address, or several. */
interface Named {
  readonly url?: string;
  readonly host?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly address_list?: readonly string[];
}
interface NetEvent {
  readonly type: number;
  readonly params?: Named;
}

/** Not on a network: pages, and what a page made itself. */
const local = /^(app|data|blob|devtools|chrome|about):/;

/**
 * Chromium asks the system whether there is a way to this address, to learn whether IPv6 works. Connecting a datagram
 * socket sends nothing.
 */
const reachabilityProbe = '[2001:4860:4860::8888]:53';

/** Every host that Chromium looked up, connected to or asked for something, by its own log, which may end in the middle. */
export function hostsIn(netLog: string): ReadonlySet<string> {
  // One event a line, between lines of constants and a last one of states.
  const [first = '', ...lines] = netLog.split('\n');
  const ownAddress = /"UDP_LOCAL_ADDRESS":(\d+)/.exec(first)?.[1];
  const events = lines.flatMap(parseEvent).filter(({ type }) => String(type) !== ownAddress);
  const named = events.flatMap(({ params = {} }) => {
    const { url, host, hostname, address, address_list: addresses = [] } = params;
    return [url, host, hostname, address, ...addresses].filter((each) => each !== undefined);
  });
  return new Set(named.filter((each) => !local.test(each) && each !== reachabilityProbe).map(hostOf));
}

function parseEvent(line: string): readonly NetEvent[] {
  if (!line.startsWith('{"params"')) return [];
  try {
    return [JSON.parse(line.replace(/(\]\s*\}|,)?\s*$/, ''))];
  } catch {
    return [];
  }
}

const hostOf = (name: string): string => URL.parse(name.includes('://') ? name : `tcp://${name}`)?.hostname ?? name;
