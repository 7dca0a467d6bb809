import { literalOutput } from '../unfold/decoders.ts';
import { optionValue } from '../unfold/options.ts';
import { isInterpreter, isShell } from '../unfold/well-known.ts';
import type { Call } from './line.ts';
import { isDecoder, TEMPORARY } from './places.ts';
import type { Indicator } from './port.ts';

/** What code in a line decodes text with. */
const DECODES =
  /b64decode|b32decode|decode64|decode_base64|base64_decode|unhexlify|bytes\.fromhex|a2b_(?:base64|hex)|unpack\(?\s*["'][um]|codecs\.decode|rot13/;

const RUNNERS = (program: string) =>
  isInterpreter(program) || program === 'eval' || program === 'source' || program === '.';

function looksLikeScript(call: Call): boolean {
  const text = literalOutput(call.program, call.args, call.stdin);
  return (
    text !== null &&
    (/^#!\//.test(text) ||
      /\b(?:curl|wget|bash|\/bin\/sh|nc|chmod|python[\d.]*|base64|eval|exec)\s+\S|\/dev\/tcp\//.test(text))
  );
}

export const obfuscation: readonly Indicator[] = [
  {
    id: 'decoded-text-runs',
    family: 'obfuscation',
    techniques: ['T1027', 'T1140', 'T1059.004'],
    weight: 0.75,
    says: 'decodes hidden text and runs it',
    needs: 'input',
    when: (call) =>
      RUNNERS(call.program) &&
      !call.args.includes('-c') &&
      (call.upstream.some(isDecoder) || call.substituted.some(isDecoder)) &&
      // An archive that is unpacked into an interpreter is data unless something hides it.
      [...call.upstream, ...call.substituted].some(
        (one) => isDecoder(one) && !/^(?:gunzip|zcat|gzip|bzip2|xz|tr|uncompress)$/.test(one.program),
      ),
  },
  {
    id: 'decoded-code',
    family: 'obfuscation',
    techniques: ['T1027', 'T1140'],
    weight: 0.75,
    says: 'decodes hidden text inside a line of code and runs it',
    programs: ['python', 'perl', 'ruby', 'php', 'node'],
    when: ({ text }) =>
      /b64decode|base64_decode|decode64|decode_base64|Buffer\.from\([^)]{0,4096}base64|unhexlify|fromhex|zlib\.decompress|codecs\.decode|gzinflate|str_rot13/.test(
        text,
      ) && /exec|eval|system|popen|spawn|subprocess|__import__|compile\(/.test(text),
  },
  {
    id: 'shell-code-decoded',
    family: 'obfuscation',
    techniques: ['T1140', 'T1059.004'],
    weight: 0.75,
    says: 'runs a command that is put together from decoded text',
    needs: 'input',
    when: (call) => isShell(call.program) && call.args.includes('-c') && call.substituted.some(isDecoder),
  },
  {
    id: 'disguised-program',
    family: 'obfuscation',
    techniques: ['T1027.010'],
    weight: 0.55,
    says: 'hides the name of the program that it runs',
    needs: 'disguise',
    when: ({ disguise, program }) =>
      disguise !== null &&
      disguise !== 'wildcards' &&
      program.length > 1 &&
      /^[a-z][a-z0-9._+-]*$/.test(program),
  },
  {
    id: 'wildcard-program',
    family: 'obfuscation',
    techniques: ['T1027.010'],
    weight: 0.6,
    says: 'hides the name of the program that it runs behind wildcards',
    needs: 'disguise',
    when: ({ disguise, path }) => disguise === 'wildcards' && /[?[]/.test(path),
  },
  {
    id: 'reversed-text-runs',
    family: 'obfuscation',
    techniques: ['T1027.010'],
    weight: 0.75,
    says: 'turns text around and runs it',
    needs: 'input',
    when: ({ program, upstream, substituted }) =>
      RUNNERS(program) && [...upstream, ...substituted].some((one) => one.program === 'rev'),
  },
  {
    id: 'hex-escapes-run',
    family: 'obfuscation',
    techniques: ['T1027.010', 'T1140'],
    weight: 0.75,
    says: 'writes a command in escapes that nobody can read and runs it',
    needs: 'input',
    when: (call) =>
      RUNNERS(call.program) &&
      [...call.upstream, ...call.substituted].some(
        (one) =>
          (one.program === 'echo' || one.program === 'printf') &&
          (one.text.match(/\\(?:x[0-9a-fA-F]{2}|[0-3]?[0-7]{2})/g)?.length ?? 0) >= 4,
      ),
  },
  {
    id: 'decode-literal-text',
    family: 'obfuscation',
    techniques: ['T1140', 'T1027'],
    weight: 0.42,
    says: 'turns text in the line into a file that can be run',
    programs: ['base64', 'base32', 'xxd', 'openssl', 'uudecode', 'b64decode'],
    when: (call, line) =>
      isDecoder(call) &&
      /^(?:base64|base32|xxd|openssl|uudecode|b64decode)$/.test(call.program) &&
      line.calls.some(({ program, text }) => program === 'chmod' && /\+x|7\d\d/.test(text)),
  },
  {
    id: 'decode-into-temporary-folder',
    family: 'obfuscation',
    techniques: ['T1140'],
    weight: 0.42,
    says: 'decodes text into a folder that everyone may write to',
    needs: 'written',
    whenLine: (line) =>
      line.written.some(
        ({ path, call, how }) =>
          how !== 'remove' &&
          /^(?:\/var)?\/(?:tmp|dev\/shm)\//.test(path) &&
          /^(?:base64|base32|xxd|openssl|uudecode|b64decode)$/.test(call.program) &&
          isDecoder(call),
      ),
  },
  {
    id: 'bits-of-names-joined',
    family: 'obfuscation',
    techniques: ['T1027.010'],
    weight: 0.4,
    says: 'picks letters out of variables to spell a command',
    whenLine: ({ raw }) => (raw.match(/\$\{[A-Za-z_#@]\w*:\d+:\d+\}/g)?.length ?? 0) >= 3,
  },
  {
    id: 'script-decoded-from-line',
    family: 'obfuscation',
    techniques: ['T1140', 'T1027'],
    weight: 0.6,
    says: 'decodes a script that stands hidden in the line',
    needs: 'input',
    when: (call) =>
      call.stdin !== null && call.stdin.length >= 16 && isDecoder(call) && looksLikeScript(call),
  },
  {
    id: 'text-of-a-language-runs',
    family: 'obfuscation',
    techniques: ['T1140', 'T1059.004'],
    weight: 0.75,
    says: 'decodes hidden text in a line of code and hands it to a shell',
    needs: 'input',
    when: (call) =>
      RUNNERS(call.program) &&
      [...call.upstream, ...call.substituted].some(
        (one) => /^(?:python|perl|ruby|php|node)$/.test(one.program) && DECODES.test(one.text),
      ),
  },
  {
    id: 'decodes-in-code',
    family: 'obfuscation',
    techniques: ['T1140'],
    weight: 0.42,
    says: 'decodes text in a line of code',
    programs: ['python', 'perl', 'ruby', 'php'],
    when: ({ text, upstream, redirects }) =>
      DECODES.test(text) &&
      (/open\(|write|stdin|argv|STDIN|gets|system|exec/.test(text) ||
        upstream.length > 0 ||
        redirects.length > 0),
  },
  {
    id: 'decoded-file-named',
    family: 'obfuscation',
    techniques: ['T1140'],
    weight: 0.42,
    says: 'decodes a file into a folder that everyone may write to, or makes what comes out runnable',
    programs: ['openssl', 'uudecode', 'gunzip', 'gzip', 'bzip2', 'xz', 'zcat', 'gpg'],
    when: ({ program, args, text, redirects }, line) => {
      const to = optionValue(args, '-out', '-o', '--output');
      const decodes =
        program === 'openssl'
          ? args.includes('-d')
          : program === 'gpg'
            ? /(?:^|\s)(?:-[a-z]*d|--decrypt)\b/.test(text)
            : true;
      if (!decodes) return false;
      if (program === 'openssl' || program === 'uudecode' || program === 'gpg')
        return to !== undefined && TEMPORARY.test(to);
      return (
        /(?:^|\s)-[a-z]*c|^/.test(text) &&
        redirects.some(
          ({ operator, target }) =>
            operator === '>' &&
            TEMPORARY.test(target) &&
            line.calls.some(
              (one) => one.program === 'chmod' && one.args.includes(target) && /\+x|[157]\d\d/.test(one.text),
            ),
        )
      );
    },
  },
  {
    id: 'decoded-file-runs',
    family: 'obfuscation',
    techniques: ['T1140', 'T1059.004'],
    weight: 0.75,
    says: 'decodes text into a file and runs it',
    needs: 'written',
    whenLine: ({ written, calls }) =>
      written.some(
        ({ path, how, call }) =>
          how === 'output' &&
          /^(?:base64|base32|xxd|openssl|uudecode)$/.test(call.program) &&
          isDecoder(call) &&
          calls.some(({ started }) => started === path),
      ),
  },
];
