// The button of the letter to print; without a script the browser's own command does the same.
document.getElementById('print').addEventListener('click', () => print());
