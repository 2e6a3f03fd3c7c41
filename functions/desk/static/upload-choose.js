// How files come onto the upload page: chosen, photographed, dropped anywhere on it, pasted.

/** Calls `add` with the files, and with whether there were folders among what was dropped. */
globalThis.onFiles = (add) => {
  for (const input of [document.getElementById('files'), document.getElementById('camera')]) {
    input.addEventListener('change', () => {
      add([...input.files]);
      // So that the same file can be chosen again.
      input.value = '';
    });
  }
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    document.documentElement.classList.add('dragging');
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) document.documentElement.classList.remove('dragging');
  });
  document.addEventListener('drop', (event) => {
    document.documentElement.classList.remove('dragging');
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    const isFolder = (item) => item.webkitGetAsEntry?.()?.isDirectory;
    const files = items.filter((item) => !isFolder(item)).map((item) => item.getAsFile());
    add(files, files.length < items.length);
  });
  document.addEventListener('paste', ({ target, clipboardData }) => {
    // Text from an office program brings a picture of itself along: in a field, the text is meant.
    const isTyping = target.closest?.('input, textarea');
    if (!isTyping && clipboardData.files.length > 0) add([...clipboardData.files]);
  });
};
