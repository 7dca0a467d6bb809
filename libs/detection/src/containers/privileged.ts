import type { Detector } from '../port.ts';
import { madeLater, noteLine, ORDINARY } from './note-lines.ts';
import { riskyContainer } from './risky-container.ts';

/** With one of these, the walls of the container are none. */
const WHOLE =
  /^(?:privileged|host-pid|cap:(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_RAWIO|SYS_PTRACE|BPF|DAC_READ_SEARCH|MAC_ADMIN|MAC_OVERRIDE))$/;
const SOME =
  /^(?:host-(?:ipc|uts|users)|cap:\w+|seccomp:unconfined|apparmor:unconfined|label:disable|no-masks|device:.+)$/;
/** Devices that programs at home are given: radios, graphics, watchdogs. No way out of the container. */
const PLAIN_DEVICE =
  /^device:\/dev\/(?:tty(?:USB|ACM|AMA|S)\d+|serial\/.+|dri(?:\/.+)?|video\d+|vchiq|vcio|net\/tun|fuse|snd(?:\/.+)?|rtc\d*|watchdog\d*|i2c-\d+|spidev[\d.]+|gpiomem\d*|gpiochip\d+|bus\/usb(?:\/.+)?)$/;
const AT_START = { 'event.reason': 'at_start' };

/** A container that can do what the node's root can, or nearly so. ATT&CK T1611. */
export function privilegedContainer(): Detector {
  return riskyContainer({
    rule: 'container-privileged',
    title: 'Privileged container',
    techniques: ['T1611', 'T1610'],
    pick: (risks) =>
      risks.filter((risk) => (WHOLE.test(risk) || SOME.test(risk)) && !PLAIN_DEVICE.test(risk)),
    level: (picked) => (picked.some((risk) => WHOLE.test(risk)) ? 'high' : 'medium'),
    means: (picked) =>
      picked.some((risk) => WHOLE.test(risk))
        ? 'take over the node'
        : 'reach parts of the node that containers are kept from',
    next: 'ask who made it and what for; if nobody knows, stop it, and look at what its process did on the node.',
    about: {
      levels: ['low', 'medium', 'high'],
      source: "Docker's events, with what the engine says of the container",
      why: 'A container was made with --privileged, with the process namespace of the node, with capabilities that amount to root, or without seccomp or AppArmor. Whoever gets into it has the node.',
      falsePositives: ['A new monitoring, storage or network service that needs it; told of once'],
      examples: {
        match: [
          {
            name: 'a privileged container after the first day',
            format: 'tom-note',
            log: `${ORDINARY}\n${madeLater(['privileged', 'host-network'])}`,
          },
          {
            name: 'what runs with such rights when TOM first looks: one list',
            format: 'tom-note',
            log: noteLine('container_started', 0, {
              ...AT_START,
              'container.name': 'netdata',
              'container.image.name': 'netdata/netdata:v2',
              'container.risk': ['cap:SYS_PTRACE', 'host-pid'],
            }),
          },
        ],
        ignore: [
          {
            name: 'a Zigbee stick, and the network of the node',
            format: 'tom-note',
            log: `${ORDINARY}\n${madeLater(['device:/dev/ttyUSB0', 'host-network'])}`,
          },
          {
            name: 'an ordinary container, started again',
            format: 'tom-note',
            log: `${ORDINARY}\n${ORDINARY}`,
          },
        ],
      },
    },
  });
}
