import { PDFDict, PDFDocument, PDFName, PDFString, StandardFonts } from '@cantoo/pdf-lib';
import { jpegSize } from '#renderer/vault/sanitise/jpeg.ts';
import { type Bytes, concat, utf8 } from '#shared/crypto/encoding.ts';

/*
 * Files that tell more than they show. Whatever is hidden in them holds this word, and nothing that is shown does. For
 * Node and for a browser.
 */
export const planted = 'planted';

const latin = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));
const segment = (marker: number, body: Bytes): Bytes =>
  concat(Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff), body);

/** Exif in TIFF form (CIPA DC-008): turned by 90 degrees, a maker, and where it was taken. */
function exif(): Bytes {
  const bytes = new Uint8Array(160);
  const view = new DataView(bytes.buffer);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    view.setUint16(at, tag);
    view.setUint16(at + 2, type);
    view.setUint32(at + 4, count);
    if (type === 3) view.setUint16(at + 8, value);
    else view.setUint32(at + 8, value);
  };
  bytes.set(latin('MM\u0000*'));
  view.setUint32(4, 8);
  view.setUint16(8, 3);
  entry(10, 0x010f, 2, 12, 80);
  entry(22, 0x0112, 3, 1, 6);
  entry(34, 0x8825, 4, 1, 50);
  view.setUint16(50, 1);
  // Latitude: three fractions.
  entry(52, 0x0002, 5, 3, 100);
  bytes.set(latin(`${planted} cam\u0000`), 80);
  for (const [index, number] of [51, 1, 27, 1, 12, 1].entries()) view.setUint32(100 + index * 4, number);
  return bytes;
}

/** A JPEG with Exif, XMP, Photoshop's block, a comment, and something after its end. */
export const tellingJpeg = (jpeg: Bytes): Bytes =>
  concat(
    jpeg.subarray(0, 2),
    segment(0xe1, concat(latin('Exif\u0000\u0000'), exif())),
    segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\u0000<x:xmpmeta>${planted}</x:xmpmeta>`)),
    segment(0xed, latin(`Photoshop 3.0\u0000${planted}`)),
    segment(0xfe, latin(`${planted} comment`)),
    jpeg.subarray(2),
    latin(`${planted} film`),
  );

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
const crc32 = (bytes: Bytes): number =>
  ~bytes.reduce((crc, byte) => (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8), -1) >>> 0;

export function pngChunk(type: string, body: Bytes): Bytes {
  const named = concat(latin(type), body);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, body.length);
  frame.setUint32(4, crc32(named));
  return concat(new Uint8Array(frame.buffer, 0, 4), named, new Uint8Array(frame.buffer, 4, 4));
}

/** A PNG with a text, Exif, a time, and something after its end. */
export const tellingPng = (png: Bytes): Bytes =>
  concat(
    png.subarray(0, 33),
    pngChunk('tEXt', latin(`Author\u0000${planted}`)),
    pngChunk('eXIf', exif()),
    pngChunk('tIME', Uint8Array.of(7, 0xea, 11, 20, 22, 15, 3)),
    png.subarray(33),
    latin(`${planted} archive`),
  );

const shownText = 'The bags went out at night.';

/** A PDF of one page with one photograph, and all that a PDF can say beside its pages. */
export async function tellingPdf(photograph: Bytes): Promise<Bytes> {
  const document = await PDFDocument.create();
  const { context, catalog } = document;
  const say = (text: string) => PDFString.of(`${planted} ${text}`);
  const xmp = () =>
    context.register(context.stream(`<x:xmpmeta>${planted}</x:xmpmeta>`, { Type: 'Metadata', Subtype: 'XML' }));
  document.setTitle(`${planted} title`);
  const info = context.lookup(context.trailerInfo.Info, PDFDict);
  info.set(PDFName.of('Author'), say('author'));
  await document.attach(utf8(`${planted} file`), `${planted}.txt`, { creationDate: new Date() });
  document.addJavaScript(planted, `app.alert('${planted}')`);
  catalog.set(PDFName.of('Metadata'), xmp());
  catalog.set(PDFName.of('StructTreeRoot'), context.register(context.obj({ T: say('tag') })));
  const image = await document.embedJpg(photograph);
  await image.embed();
  const page = document.addPage([300, 200]);
  page.drawText(shownText, { x: 20, y: 150, size: 12, font: await document.embedFont(StandardFonts.Helvetica) });
  page.drawImage(image, { x: 20, y: 20, width: 64, height: 48 });
  document.getForm().createTextField(`${planted} field`).addToPage(page);
  const comment = { Type: 'Annot', Subtype: 'Text', Rect: [0, 0, 9, 9], Contents: say('comment'), T: say('reviewer') };
  page.node.addAnnot(context.register(context.obj(comment)));
  page.node.set(PDFName.of('PieceInfo'), context.obj({ [planted]: { LastModified: say('date') } }));
  page.node.set(PDFName.of('LastModified'), say('date'));
  page.node.set(PDFName.of('AA'), context.obj({ O: { S: 'JavaScript', JS: say('script') } }));
  const layer = context.register(context.obj({ Type: 'OCG', Name: say('layer') }));
  page.node.normalizedEntries().Resources.set(PDFName.of('Properties'), context.obj({ MC0: layer }));
  catalog.set(PDFName.of('OCProperties'), context.obj({ OCGs: [layer], D: { OFF: [layer] } }));
  const picture = context.lookup(image.ref) as unknown as { dict: Map<PDFName, unknown> };
  picture.dict.set(PDFName.of('Metadata'), xmp());
  picture.dict.set(PDFName.of('PTEX.FileName'), say('path'));
  const profile = context.register(context.stream(`${planted} profile`, { N: jpegSize(photograph).components }));
  picture.dict.set(PDFName.of('ColorSpace'), context.obj(['ICCBased', profile]));
  context.register(say('unused object'));
  return new Uint8Array(await document.save({ useObjectStreams: false }));
}
