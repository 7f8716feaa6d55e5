export default function (bar) {
  let left = Number(bar.dataset.seconds);
  const ticking = setInterval(() => {
    if (bar.matches(':hover, :focus-within')) return;
    left -= 1;
    if (left <= 0) {
      clearInterval(ticking);
      bar.hidden = true;
    }
  }, 1000);
}
