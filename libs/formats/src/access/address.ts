const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
/** Whether the text is an IPv4 or IPv6 address (with or without a zone). */
export function isAddress(text: string): boolean {
  if (text.length < 2 || text.length > 62) return false;
  return text.includes(':') ? isIpv6(text) : IPV4.test(text);
}

/** `1.2.3.4:80`, `[::1]:80`, `1.2.3.4`, `::1` into address and port; null where the address is none. */
export function addressAndPort(text: string): { address: string; port?: number } | null {
  if (text.length > 80) return null;
  if (isAddress(text)) return { address: text };
  const colon = text.lastIndexOf(':');
  if (colon < 0) return null;
  const portText = text.slice(colon + 1);
  const host =
    text.charCodeAt(0) === 0x5b && text[colon - 1] === ']' ? text.slice(1, colon - 1) : text.slice(0, colon);
  if (!/^\d{1,5}$/.test(portText) || +portText > 65_535 || !isAddress(host)) return null;
  return { address: host, port: +portText };
}

/** The first address of an X-Forwarded-For list; undefined unless every member is an address. */
export function firstForwarded(list: string): string | undefined {
  if (list.length > 1024) return undefined;
  let first: string | undefined;
  for (const part of list.split(',')) {
    const peer = addressAndPort(part.trim());
    if (peer === null) return undefined;
    first ??= peer.address;
  }
  return first;
}

/** Proxies in a row that are looked at. */
const CHAIN = 8;

/**
 * The trailing addresses of an X-Forwarded-For list, in its order, at most eight. Each proxy appends whom it heard the
 * request from, so the list is to be believed from its end; what a client made up stands at its beginning.
 */
export function forwardedChain(list: string): string[] {
  const chain: string[] = [];
  const parts = list.slice(-1024).split(',');
  for (let i = parts.length - 1; i >= 0 && chain.length < CHAIN; i--) {
    const peer = addressAndPort(parts[i]!.trim());
    if (peer === null) break;
    chain.unshift(peer.address);
  }
  return chain;
}

const ZONE = /%[\w.-]{1,16}$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** RFC 4291: eight groups, or fewer with one `::`; the last two may be an IPv4 address. */
function isIpv6(text: string): boolean {
  const halves = text.replace(ZONE, '').split('::');
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    if (half === '') {
      if (halves.length === 1) return false;
      continue;
    }
    const parts = half.split(':');
    const isLast = index === halves.length - 1;
    for (const [at, part] of parts.entries()) {
      if (GROUP.test(part)) groups += 1;
      else if (isLast && at === parts.length - 1 && IPV4.test(part)) groups += 2;
      else return false;
    }
  }
  return halves.length === 2 ? groups <= 7 : groups === 8;
}
