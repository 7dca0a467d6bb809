const SHELLS = 'sh|bash|dash|ash|zsh|ksh|mksh|csh|tcsh|fish|busybox sh';
const LOOK_CHARS = 512;

/** A shell by itself, a login shell, or su: not a shell that runs one command or script. */
const OPENS = new RegExp(
  String.raw`^(?:/(?:usr/)?(?:local/)?s?bin/)?(?:(?:${SHELLS})(?:\s+-(?:i|l|p|-login|il|li))*|su(?:\s+-|\s+-l|\s+--login)?(?:\s+root)?)\s*$`,
);

/** Whether a command, as sudo logs it, gives somebody a shell to type in. */
export function opensShell(command: string | undefined): boolean {
  return command !== undefined && command.length <= LOOK_CHARS && OPENS.test(command);
}

/** Shells that let nobody in. */
const NO_SHELL = /(?:\/nologin|\/false|\/sync|\/true)$/;

export function isLoginShell(path: string): boolean {
  return path.startsWith('/') && !NO_SHELL.test(path);
}
