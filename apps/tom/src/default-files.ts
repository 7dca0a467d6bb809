/**
 * What TOM follows when the configuration names no files: where Debian and the usual servers write text logs.
 *
 * First the files that have no `.log` suffix, then everything below /var/log that has one (auth.log, kern.log,
 * nginx, apache2, dpkg, …). Left out: rotated copies (they were read under their old name), the binary logs
 * (wtmp, btmp, lastlog, the journal: it has a source of its own), the installer's logs, and
 * the suite's own, which would feed on themselves.
 */
export const DEFAULT_FILES = [
  {
    paths: ['/var/log/syslog', '/var/log/messages', '/var/log/secure', '/var/log/**/*.log'],
    exclude: [
      '/var/log/journal/**',
      '/var/log/installer/**',
      '/var/log/private/**',
      '/var/log/{tom,nadir,hugo}/**',
      '/var/log/{tom,nadir,hugo}.log',
      '/var/log/faillog',
    ],
  },
];
