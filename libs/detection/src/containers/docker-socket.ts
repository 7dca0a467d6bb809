import type { Detector } from '../port.ts';
import { madeLater, ORDINARY } from './note-lines.ts';
import { riskyContainer } from './risky-container.ts';

/** A container that may give the engine orders. ATT&CK T1611, T1610. */
export function dockerSocket(): Detector {
  return riskyContainer({
    rule: 'container-docker-socket',
    title: "Container with Docker's socket",
    techniques: ['T1611', 'T1610'],
    pick: (risks) => risks.filter((risk) => risk === 'docker-socket'),
    level: () => 'medium',
    means: () => 'make containers that take over the node: read-only makes no difference to a socket',
    next: 'ask who made it and what for; where it only has to read, put a proxy that lets nothing else through before the socket.',
    about: {
      levels: ['low', 'medium'],
      source: "Docker's events, with what the engine says of the container",
      why: "A container was made with the engine's socket in it. Whoever gets into it is root on the node, and on a manager in the whole Swarm.",
      falsePositives: ['A new Traefik, Portainer, Watchtower or agent; told of once for a service'],
      examples: {
        match: [
          {
            name: 'the socket in an image that was never seen with it',
            format: 'tom-note',
            log: `${ORDINARY}\n${madeLater(['docker-socket'])}`,
          },
        ],
        ignore: [
          {
            name: 'the next task of a service that has it',
            format: 'tom-note',
            log: [ORDINARY, madeLater([], { 'container.name': 'proxy.1.jp3cunl3kdak39kut5sf50rbb' })].join(
              '\n',
            ),
          },
        ],
      },
    },
  });
}
