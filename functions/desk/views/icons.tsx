/** Drawings of 16 × 16 in the colour of the text beside them; they say nothing that no word says. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}

export type IconName = keyof typeof drawings;

const drawings = {
  email: 'M1.75 3.25h12.5v9.5H1.75zM2 3.75l6 5 6-5',
  fax: 'M4.25 6V1.75h5.5l2 2V6M1.75 6h12.5v7.25H1.75zM4.5 9h3M4.5 11h3M10.5 9h.01M12 9h.01M10.5 11h.01M12 11h.01',
  letter: 'M3.25 1.75h6.5l3 3v9.5h-9.5zM9.5 2v3h3M5.5 8h5M5.5 10.5h5',
  other: 'M2.25 2.75h11.5v8h-6l-3 2.75v-2.75h-2.5z',
  search: 'M11.25 6.75a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10.25 10.25l4 4',
  next: 'M6 3l5 5-5 5',
  back: 'M10 3L5 8l5 5',
  warning: 'M8 2L1.5 13.5h13zM8 6.5v3.25M8 11.75v.01',
  done: 'M2.5 8.5l3.75 3.75L13.5 4.5',
  person: 'M8 8.25a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.25 14c.5-3 2.75-4.25 5.75-4.25S13.25 11 13.75 14',
  community:
    'M5.75 7.75a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1 13.5c.25-2.75 2-4 4.75-4s4.5 1.25 4.75 4M10.5 3a2.4 2.4 0 0 1 0 4.6M12.25 9.9c1.6.5 2.6 1.7 2.75 3.6',
  none: 'M2 8.75h3.25l1 2h3.5l1-2H14M2 8.75l2-5.5h8l2 5.5v4.5H2z',
} as const;
