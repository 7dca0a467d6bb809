import type { Indicator } from './port.ts';

const MINERS =
  /^(?:xmrig\S*|xmr-stak\S*|minerd|cpuminer\S*|cgminer|bfgminer|ethminer|nbminer|t-rex|lolminer|phoenixminer|ccminer|nanominer|srbminer\S*|teamredminer|gminer|kdevtmpfsi|kinsing|xmr|randomx|cryptonight|claymore|nheqminer|wildrig\S*|moneroocean\S*|c3pool\S*|sysrv\S*|kthreaddi|dbused)$/i;

export const miner: readonly Indicator[] = [
  {
    id: 'miner-program',
    family: 'miner',
    techniques: ['T1496.001'],
    weight: 0.8,
    says: 'runs or fetches a program that mines coins',
    when: ({ program, args }) =>
      MINERS.test(program) ||
      (/^(?:wget|curl|chmod|git|tar|nohup|unzip|\.|bash|sh|docker)$/.test(program) &&
        args.some((arg) =>
          /(?:^|\/)(?:xmrig|xmr-stak|cpuminer|minerd|kinsing|moneroocean|c3pool)[^\s]*/i.test(arg),
        )),
  },
  {
    id: 'mining-pool',
    family: 'miner',
    techniques: ['T1496.001'],
    weight: 0.9,
    says: 'talks to a pool of coin miners',
    whenLine: ({ raw }) =>
      /stratum\+(?:tcp|ssl|udp):\/\/|--donate-level|--nicehash|(?:minexmr|supportxmr|moneroocean|nanopool|c3pool|f2pool|hashvault|xmrpool|crypto-pool|monerohash|nicehash|2miners|ethermine|unmineable|herominers)\.(?:com|net|org|stream|pro|eu)|pool\.\S+:(?:3333|4444|5555|7777|14444|45700)/i.test(
        raw,
      ),
  },
  {
    id: 'huge-pages-for-mining',
    family: 'miner',
    techniques: ['T1496.001'],
    weight: 0.25,
    says: 'prepares memory the way that miners do',
    programs: ['sysctl'],
    when: ({ text }) => /vm\.nr_hugepages=\d{3,}/.test(text),
  },
  {
    id: 'msr-for-mining',
    family: 'miner',
    techniques: ['T1496.001'],
    weight: 0.5,
    says: 'tunes the processor the way that miners do',
    programs: ['wrmsr'],
    when: ({ args }) => args.length > 1,
  },
  {
    id: 'busy-loop',
    family: 'miner',
    techniques: ['T1496.001'],
    weight: 0.42,
    says: 'keeps the processor busy for nothing',
    needs: 'redirect',
    when: ({ program, redirects, args }) =>
      program === 'yes' &&
      args.length === 0 &&
      redirects.some(({ target, fd }) => target === '/dev/null' && fd !== 2),
  },
  {
    id: 'rivals-killed',
    family: 'miner',
    techniques: ['T1489', 'T1496.001'],
    weight: 0.6,
    says: 'ends the programs of rivals',
    programs: ['pkill', 'killall', 'kill', 'xargs', 'grep', 'egrep'],
    when: ({ program, text, upstream }) =>
      /^(?:pkill|killall|kill|xargs|grep|egrep)$/.test(program) &&
      /xmrig|minerd|kinsing|kdevtmpfsi|cryptonight|stratum/i.test(
        `${text} ${upstream.map((one) => one.text).join(' ')}`,
      ),
  },
];
