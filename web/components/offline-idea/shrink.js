const WIDEST = 2048;
const MOST_BYTES = 2.5 * 2 ** 20;

/**
 * A picture as JPEG, at most 2048 points wide and high and 2.5 MB large: five go into one sending. Drawn anew, so that nothing that
 * the camera wrote into the file goes along.
 *
 * @throws when it is no picture that this browser can read
 */
export default async function shrink(file) {
  const picture = await createImageBitmap(file);
  try {
    for (let widest = WIDEST, quality = .85; ; widest *= .75, quality -= .05) {
      const scale = Math.min(1, widest / Math.max(picture.width, picture.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const pen = canvas.getContext('2d');
      pen.fillStyle = '#fff';
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(resolve => { canvas.toBlob(resolve, 'image/jpeg', quality); });
      if (!blob) throw new Error('not drawn');
      if (blob.size <= MOST_BYTES || widest < 600) return blob;
    }
  } finally {
    picture.close();
  }
}
