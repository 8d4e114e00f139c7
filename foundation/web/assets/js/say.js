// Says something to screen readers without moving the focus. The region is in the page from the start.
export function say(words) {
  const region = document.getElementById("polite");
  if (!region || !words) return;
  region.textContent = "";
  // A region that is emptied and filled in one go is not read again.
  setTimeout(() => { region.textContent = words; }, 100);
}
