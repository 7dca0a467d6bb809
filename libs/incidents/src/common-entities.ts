import { createAddressSet } from '@suite/config';
import { PRIVATE_NETWORKS } from '@suite/config/networks';

/** Accounts that exist everywhere and are no person's own. */
const USERS = ['root', 'nobody', 'daemon', 'www-data', 'system', 'unknown'];

/** What too many share for it to tie strangers together. */
export interface Common {
  address(address: string): boolean;
  user(user: string): boolean;
  /** Of this machine's own network: not routed in the internet. */
  isPrivate(address: string): boolean;
}

/** @throws TypeError naming the entry that is neither an address nor a CIDR. */
export function createCommon(settings: {
  readonly commonAddresses: readonly string[];
  readonly commonUsers: readonly string[];
}): Common {
  const own = createAddressSet(['127.0.0.0/8', '::1', '0.0.0.0', '::', ...settings.commonAddresses]);
  const local = createAddressSet(PRIVATE_NETWORKS);
  const users = new Set([...USERS, ...settings.commonUsers]);
  return {
    address: (address) => own.has(address),
    user: (user) => users.has(user),
    isPrivate: (address) => local.has(address),
  };
}
