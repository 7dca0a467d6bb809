import type { ApiNode } from '@suite/api/contract';
import { MeterBar } from '../parts/meter-bar.tsx';
import { Untrusted } from '../parts/untrusted.tsx';
import { byteSize, plural } from '../text/amount.ts';
import { ago } from '../text/moment.ts';
import { visibleText } from '../text/visible.ts';

const STATE: Record<ApiNode['state'], string> = { ok: 'OK', late: 'Late', silent: 'Silent' };
const DISKS_SHOWN = 2;

export function NodeCard({ node, nowUs }: { readonly node: ApiNode; readonly nowUs: number }) {
  const { vitals } = node;
  const measured = vitals.cpuUsed !== null || vitals.memoryUsed !== null || vitals.disks.length > 0;
  return (
    <li class={`panel node node-${node.state}`}>
      <div class="node-head">
        <h3>
          <Untrusted text={node.host} />
        </h3>
        <span class={`state state-${node.state}`}>{STATE[node.state]}</span>
      </div>
      <p class="node-seen">
        <time dateTime={node.lastSeen} title={node.lastSeen}>
          {ago(node.lastSeenUs, nowUs)}
        </time>
        <span title={visibleText(node.version)}>{plural(node.linesTotal, 'line')}</span>
        {vitals.load1 !== null && <span>load {vitals.load1.toFixed(2)}</span>}
      </p>
      {measured ? (
        <div class="node-meters">
          <MeterBar label="CPU" used={vitals.cpuUsed} />
          <MeterBar
            label="Memory"
            used={vitals.memoryUsed}
            {...(vitals.memoryTotalBytes === null ? {} : { note: `of ${byteSize(vitals.memoryTotalBytes)}` })}
          />
          {vitals.disks.slice(0, DISKS_SHOWN).map((disk) => (
            <MeterBar
              key={disk.mount}
              label={mountLabel(visibleText(disk.mount))}
              used={disk.used}
              note={diskNote(disk)}
            />
          ))}
        </div>
      ) : (
        <p class="quiet node-unmeasured">Sends lines only, no measurements.</p>
      )}
      {node.lostBytes > 0 && (
        <p class="node-lost">{byteSize(node.lostBytes)} could not be read; see its ledger with tom ledger.</p>
      )}
    </li>
  );
}

/** The end of a path tells mounts apart, and there is room for little more. */
function mountLabel(mount: string): string {
  return mount.length <= 8 ? mount : `…/${mount.split('/').at(-1)}`;
}

function diskNote(disk: ApiNode['vitals']['disks'][number]): string {
  const mount = visibleText(disk.mount);
  return disk.totalBytes === null ? mount : `${mount}, of ${byteSize(disk.totalBytes)}`;
}
