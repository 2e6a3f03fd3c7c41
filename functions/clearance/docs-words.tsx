/** Text with `code` in it, as Markdown has it. */
export const Words = ({ children = '' }: { children?: string }) => (
  <>{children.split('`').map((part, place) => (place % 2 ? <code>{part}</code> : part))}</>
);
