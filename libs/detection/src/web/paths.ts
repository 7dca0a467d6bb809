const LOOK_CHARS = 300;

/** What pages are made of: a broken page asks for many of them that are not there. */
const ASSET =
  /\.(?:png|jpe?g|gif|svg|ico|webp|avif|css|js|mjs|map|woff2?|ttf|otf|eot|mp[34]|webm|m3u8|ts|pdf)$/i;

/** What programs look for and people do not. */
const PROBE =
  /(?:\/\.(?:env|git|svn|hg|aws|ssh|DS_Store|htpasswd|htaccess|vscode|npmrc|docker)|wp-(?:login|admin|config|content|includes)|xmlrpc\.php|phpmyadmin|\/pma\/|phpunit|adminer|\/cgi-bin\/|\/boaform|\/HNAP1|\/actuator|\/solr\/|\/manager\/html|\/owa\/|\/autodiscover|\/vendor\/|\/console\/|\/\.well-known\/\.\.|phpinfo|\/shell|\/backup|\.(?:sql|bak|old|zip|tar|gz|rar|swp)$|config\.(?:json|ya?ml|php)|credentials|server-status|telescope|\/_ignition|\/geoserver|\/druid\/|\/nacos|eval-stdin)/i;

/** Where passwords are handed in. */
const LOGIN =
  /(?:wp-login\.php|\/(?:log-?in|sign-?in|auth(?:enticate)?|session|sessions|token|account\/login|api\/login|api\/auth|user\/login|users\/sign_in|identity\/connect\/token|j_security_check)(?:\.\w{2,5})?\/?)$/i;

/** The path without query, at most 300 characters. */
export function pathOf(url: string | undefined): string {
  const bounded = (url ?? '').slice(0, LOOK_CHARS);
  const query = bounded.indexOf('?');
  return query < 0 ? bounded : bounded.slice(0, query);
}

export const isAsset = (path: string): boolean => ASSET.test(path);
export const isProbe = (path: string): boolean => PROBE.test(path);
export const isLogin = (path: string): boolean => LOGIN.test(path);
