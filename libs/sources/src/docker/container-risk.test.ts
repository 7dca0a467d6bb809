import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inspected } from '../../test/docker/fake-engine.ts';
import { riskOf } from './container-risk.ts';

const bind = (Source: string, RW = true) => ({ Type: 'bind', Source, Destination: '/x', RW });

it('is nothing for an ordinary container', () => {
  expect(riskOf(inspected('1', 'a'))).toEqual([]);
});

it.each([
  ['/', ['mount:/:rw']],
  ['/etc/', ['mount:/etc:rw']],
  ['//root//.ssh', ['mount:/root/.ssh:rw']],
  ['/run/containerd/containerd.sock', ['docker-socket']],
  ['/var/lib/docker', ['mount:/var/lib/docker:rw']],
  ['/etc/localtime', []],
  ['/srv/app', []],
  ['/home/pi/site', []],
])('of a mount of %s', (source, risks) => {
  expect(riskOf(inspected('1', 'a', { Mounts: [bind(source)] }))).toEqual(risks);
});

it('is not in volumes, nor in what capabilities add to nothing', () => {
  const volume = { Type: 'volume', Source: '/var/lib/docker/volumes/x/_data', RW: true };
  const host = { CapAdd: ['CHOWN', 'NET_BIND_SERVICE'], SecurityOpt: ['no-new-privileges'] };
  expect(riskOf(inspected('1', 'a', { Mounts: [volume], HostConfig: host }))).toEqual([]);
});

it('is in modes, capabilities, options and devices', () => {
  const host = {
    NetworkMode: 'host',
    UsernsMode: 'host',
    CapAdd: ['all', 'CAP_NET_ADMIN'],
    SecurityOpt: ['apparmor:unconfined', 'label=disable', 'systempaths=unconfined'],
    Devices: [{ PathOnHost: '/dev/sda', PathInContainer: '/dev/sda' }],
  };
  expect(riskOf(inspected('1', 'a', { HostConfig: host }))).toEqual([
    'host-network',
    'host-users',
    'cap:ALL',
    'cap:NET_ADMIN',
    'apparmor:unconfined',
    'label:disable',
    'no-masks',
    'device:/dev/sda',
  ]);
});

it('is a bounded list whatever the engine answers', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (host, mounts) => {
      const risks = riskOf({ HostConfig: host, Mounts: mounts });
      expect(risks.length).toBeLessThanOrEqual(32);
    }),
  );
  const many = Array.from({ length: 100 }, (_, n) => bind(`/etc/${n}`));
  expect(riskOf(inspected('1', 'a', { Mounts: many }))).toHaveLength(32);
});
