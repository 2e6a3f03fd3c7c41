// A small picture of a chosen photo, drawn on a canvas: the desk's Content-Security-Policy lets no blob: address load.

/** Draws JPEG and PNG; anything else, and what a browser would need too much memory for, is left as it is. */
globalThis.drawThumbnail = async (file, canvas) => {
  if (!['image/jpeg', 'image/png'].includes(file.type)) return;
  const pixels = pixelsIn(new DataView(await file.slice(0, 256 * 1024).arrayBuffer()));
  if (!pixels || pixels > 60_000_000) return;
  const picture = await createImageBitmap(file, { resizeWidth: 192, resizeQuality: 'medium' });
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext('2d').drawImage(picture, (canvas.width - width) / 2, 0, width, height);
  picture.close();
  canvas.hidden = false;

  /** As its first bytes say: a picture of a few bytes can unfold to gigabytes. Undefined where they do not. */
  function pixelsIn(bytes) {
    if (bytes.byteLength > 24 && bytes.getUint32(0) === 0x89504e47) return bytes.getUint32(16) * bytes.getUint32(20);
    // JPEG: segments up to the one that begins a frame (ITU T.81 section B.2.2).
    for (let at = 2; at + 9 < bytes.byteLength && bytes.getUint8(at) === 0xff; at += 2 + bytes.getUint16(at + 2)) {
      const marker = bytes.getUint8(at + 1);
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
      if (isFrame) return bytes.getUint16(at + 5) * bytes.getUint16(at + 7);
    }
    return undefined;
  }
};
