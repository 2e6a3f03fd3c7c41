// The page of a request: a name that was read on a page is looked for in place, without leaving what was typed.

document.addEventListener('click', (event) => {
  const words = event.target.closest?.('[data-find]')?.dataset.find;
  const field = document.getElementById('find');
  if (!words || !field) return;
  event.preventDefault();
  field.value = words;
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
});
