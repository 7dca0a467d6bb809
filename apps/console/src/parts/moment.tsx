import { moment } from '../text/moment.ts';

export function Moment(props: { readonly iso: string; readonly timeUs: number; readonly nowUs: number }) {
  return (
    <time class="moment" dateTime={props.iso} title={props.iso}>
      {moment(props.timeUs, props.nowUs)}
    </time>
  );
}
