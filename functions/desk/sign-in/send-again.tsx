/** What was sent after the sign-in had ended is not lost: the page holds it until the person has signed in again. */
export function SendAgain({ action, fields }: { action: string; fields: [string, string][] }) {
  if (fields.length === 0) return <a href="/desk/sign-in">Sign in again</a>;
  return (
    <>
      <p>
        What you typed is kept on this page. First{' '}
        <a href="/desk/sign-in" target="_blank" rel="noopener">
          sign in again in a new tab
        </a>
        , then come back here.
      </p>
      <form method="post" action={action}>
        {fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit">Send again</button>
      </form>
    </>
  );
}
