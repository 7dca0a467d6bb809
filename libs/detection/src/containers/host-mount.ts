import type { Detector } from '../port.ts';
import { madeLater, ORDINARY } from './note-lines.ts';
import { riskyContainer } from './risky-container.ts';

/** Whoever may write there is root of the node a moment later. */
const GIVES_ROOT =
  /^mount:\/(?:|etc(?:\/.*)?|root(?:\/.*)?|boot(?:\/.*)?|proc(?:\/.*)?|sys|dev|usr|lib(?:\/modules)?|home|var|run|var\/run|var\/lib\/docker(?:\/.*)?|var\/spool\/cron(?:\/.*)?):rw$/;
/** Secrets to read: keys, hashes, other containers' files. */
const SECRETS =
  /^mount:\/(?:|etc|etc\/(?:shadow|ssh(?:\/.*)?|sudoers.*|kubernetes.*|docker.*)|root(?:\/.*)?|home|var|var\/lib\/docker(?:\/.*)?):ro$/;

/** A container that has folders of the node that are not its own. ATT&CK T1611, T1552. */
export function hostMount(): Detector {
  return riskyContainer({
    rule: 'container-host-mount',
    title: 'Container with a sensitive folder of the node',
    techniques: ['T1611', 'T1552.001'],
    pick: (risks) => risks.filter((risk) => GIVES_ROOT.test(risk) || SECRETS.test(risk)),
    level: (picked) => (picked.some((risk) => GIVES_ROOT.test(risk)) ? 'high' : 'medium'),
    means: (picked) =>
      picked.some((risk) => GIVES_ROOT.test(risk))
        ? 'change the files of the node, and so take it over'
        : 'read what is secret on the node',
    next: 'ask who made it and what for; if nobody knows, stop it, and look for new keys, accounts and cron jobs on the node.',
    about: {
      levels: ['low', 'medium', 'high'],
      source: "Docker's events, with what the engine says of the container",
      why: 'A container was made with /, /etc, /root, /home, /proc, /var/lib/docker or their like mounted into it: the shortest way out of a container, and the usual one.',
      falsePositives: ['A new monitoring or backup service that reads the node’s files; told of once'],
      examples: {
        match: [
          {
            name: 'the whole node at /host',
            format: 'tom-note',
            log: `${ORDINARY}\n${madeLater(['mount:/:rw'])}`,
          },
          {
            name: 'the keys of root, to read',
            format: 'tom-note',
            log: `${ORDINARY}\n${madeLater(['mount:/root/.ssh:ro'])}`,
          },
        ],
        ignore: [
          {
            name: 'logs and measurements of the node, to read',
            format: 'tom-note',
            log: `${ORDINARY}\n${madeLater(['mount:/var/log:ro', 'mount:/proc:ro', 'mount:/sys:ro'])}`,
          },
        ],
      },
    },
  });
}
