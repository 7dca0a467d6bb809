const IPV4 = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;
const IPV6 =
  /^(?=[0-9a-fA-F:.]{2,45}(?:%[\w.-]{1,16})?$)[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?::?\d+\.\d+\.\d+\.\d+)?(?:%[\w.-]{1,16})?$/;

/** Whether the text is an IPv4 or IPv6 address (with or without a zone). */
export function isAddress(text: string): boolean {
  if (text.length < 2 || text.length > 62) return false;
  return text.includes(':') ? IPV6.test(text) : IPV4.test(text);
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
