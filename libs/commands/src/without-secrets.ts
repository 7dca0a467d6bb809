/** More of a line is not told to anybody. */
const LOOKED_AT_CHARS = 4_096;
const VALUE = String.raw`(?:'[^']{0,256}'|\\?"[^"]{0,256}"|[^\s'";&|<>\\]{1,256})`;
const BEFORE = String.raw`(?:^|[\s"'=;&|(])`;

/** What stands where a secret would: in addresses, options, assignments, headers. Every quantifier is bounded. */
const SECRETS: readonly RegExp[] = [
  /(:\/\/[^/\s:@]{0,64}:)[^@\s/]{1,128}(?=@)/g,
  new RegExp(
    String.raw`(${BEFORE}--?[\w-]{0,32}(?:password|passwd|pass|passphrase|token|secret|api-?key)[=\s]\s{0,8})${VALUE}`,
    'gi',
  ),
  new RegExp(String.raw`(${BEFORE}sshpass\s(?:[^|;&]{0,80}\s)?-p\s{0,8})${VALUE}`, 'g'),
  new RegExp(
    String.raw`(${BEFORE}(?:smbclient|ldapsearch|ldapadd|ldapmodify)\s(?:[^|;&]{0,80}\s)?-[wW]\s{0,8})${VALUE}`,
    'g',
  ),
  new RegExp(
    String.raw`(${BEFORE}(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|zip|7z|unzip)\s(?:[^|;&]{0,80}\s)?-[pP])${VALUE}`,
    'g',
  ),
  new RegExp(
    String.raw`(\b\w{0,32}(?:passwor[dt]|passwd|passphrase|secret|token|api_?key|private_?key)\w{0,16}["']?\s{0,2}[=:]\s{0,2}(?!\s|port\b|for\b|from\b))${VALUE}`,
    'gi',
  ),
  /((?:authorization|x-api-key|x-auth-token)\s{0,4}:\s{0,4}(?:(?:bearer|basic|token)\s{1,4})?)[^\s'"\\]{4,512}/gi,
  new RegExp(
    String.raw`(${BEFORE}(?:-u|--user)[\s=]\s{0,8}["']?[^\s:"']{1,64}:(?!\/\/))[^\s"'\\]{1,128}`,
    'g',
  ),
];

/**
 * Text of a log for a message that leaves the house: passwords, tokens and keys where commands and addresses have them
 * become `***`. The rest stays as it is, cut after 4,096 characters.
 */
export function withoutSecrets(text: string): string {
  return SECRETS.reduce((left, pattern) => left.replace(pattern, '$1***'), text.slice(0, LOOKED_AT_CHARS));
}
