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

/** Where passwords are handed in by a form: a post to it is a try, whatever the answer's status. */
const LOGIN_FORM = /\/(?:log-?in|sign-?in|sign_in|logon)(?:\.\w{2,5})?\/?$/i;

/** What browsers, telephones and crawlers ask every site for, whether it is there or not. */
const CUSTOMARY =
  /^\/(?:robots\.txt|sitemap[\w.-]*\.xml|(?:app-)?ads\.txt|humans\.txt|security\.txt|browserconfig\.xml|crossdomain\.xml|[\w-]*manifest\.(?:json|webmanifest)|[\w-]+\.webmanifest|apple-app-site-association|favicon[\w.-]*|apple-touch-icon[\w.-]*|\.well-known\/[\w-]+(?:\.(?:txt|json))?)$/i;

/** What programs talk to; pages that are open in a browser ask it again and again when their session is over. */
const MACHINE =
  /(?:^|\/)(?:api|rest|graphql|rpc|ws|websocket|socket\.io|ocs|remote\.php|dav|_matrix|v\d)(?:\/|$)/i;

/** The path without query, at most 300 characters. */
export function pathOf(url: string | undefined): string {
  const bounded = (url ?? '').slice(0, LOOK_CHARS);
  const query = bounded.indexOf('?');
  return query < 0 ? bounded : bounded.slice(0, query);
}

/** Pictures that photo and file servers make small: one page of a gallery asks for hundreds. */
const PREVIEW = /\/(?:thumbnails?|thumbs?|previews?|avatars?|Images)(?:\/|$)/;

export const isAsset = (path: string): boolean => ASSET.test(path) || PREVIEW.test(path);
export const isProbe = (path: string): boolean => PROBE.test(path);
export const isLoginForm = (path: string): boolean => LOGIN_FORM.test(path);
export const isCustomary = (path: string): boolean => CUSTOMARY.test(path);
export const isForMachines = (path: string): boolean => MACHINE.test(path);
export const isLogin = (path: string): boolean => LOGIN.test(path);
