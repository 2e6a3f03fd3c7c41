// The form for a CSV: the file goes straight to the bucket, the form then names it.

(() => {
  const form = document.getElementById('csv-form');
  const bar = document.getElementById('csv-progress');
  const button = form.querySelector('button');
  const tell = (sentence) => {
    document.getElementById('csv-news').textContent = sentence;
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const [file] = document.getElementById('csv').files;
    if (!file) return tell('There is no file yet: choose one.');
    button.disabled = true;
    bar.hidden = false;
    tell('The file is being sent.');
    try {
      const { signal } = new AbortController();
      const progress = (share) => {
        bar.value = share;
      };
      form.elements.upload.value = await globalThis.sendFile({ permits: form.dataset.permits, file, progress, signal });
      form.elements.name.value = file.name;
      form.submit();
    } catch (problem) {
      tell(problem.message);
    }
    button.disabled = false;
    bar.hidden = true;
  });
})();
