import type { ApiBan } from '@suite/api/contract';
import { change } from '../api/client.ts';
import { Cut, LongText } from '../parts/long-text.tsx';
import { moment } from '../text/moment.ts';
import { visibleText } from '../text/visible.ts';
import { TakeBack } from './take-back.tsx';

/** A rule's reason is a paragraph; its beginning says enough beside an address. */
const REASON_CHARS = 110;

export function BanItem(props: {
  readonly ban: ApiBan;
  readonly nowUs: number;
  readonly onLifted: () => void;
}) {
  const { ban, nowUs } = props;
  const untilUs = Date.parse(ban.until) * 1000;
  return (
    <li class="standing">
      <div class="standing-what">
        <p>
          <b class="standing-value">
            <Cut text={ban.value} most={64} />
          </b>{' '}
          banned until {moment(untilUs, nowUs)}
        </p>
        <p class="quiet">
          {ban.origin === 'operator' ? 'By hand' : 'By rule '}
          {ban.origin === 'nadir' && <Cut text={ban.rule.replace(/^nadir\//, '')} most={80} />}:{' '}
          <LongText text={ban.reason} most={REASON_CHARS} />
        </p>
      </div>
      <TakeBack
        label="Take back"
        what={visibleText(ban.value.slice(0, 64))}
        deed={(by) => change('DELETE', '/api/v1/bans', { params: { value: ban.value, by } })}
        onDone={props.onLifted}
      />
    </li>
  );
}
