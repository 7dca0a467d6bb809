/** The mark is the point below the horizon that the program is named after. */
export function Wordmark() {
  return (
    <span class="wordmark">
      <svg class="mark" viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M2.5 8.5h19M4.5 8.5a7.5 7.5 0 0 0 15 0" />
        <circle cx="12" cy="20.5" r="1.7" />
      </svg>
      NADIR
    </span>
  );
}
