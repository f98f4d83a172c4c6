/*
 * What a page is drawn from (ISO 32000-1). Everything that is not here is left out, whatever a programme invented to
 * write there (`PTEX.FileName` is a path on somebody's computer): a list of what to remove would never be complete.
 */
const keys = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Table 30. Neither annotations, actions, thumbnails, dates, private data nor the way back to other pages. */
export const pageKeys: ReadonlySet<string> = new Set(
  keys('Type Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group UserUnit'),
);

/** Table 33: dictionaries whose keys are names that the page's content uses, and `ProcSet`, an array. */
export const resourceKeys: ReadonlySet<string> = new Set(
  keys('ExtGState ColorSpace Pattern Shading XObject Font Properties ProcSet'),
);

/** Everywhere else. */
export const drawingKeys: ReadonlySet<string> = new Set(
  keys(`
    Type Subtype S N
    Length Filter DecodeParms Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows
    EndOfBlock BlackIs1 DamagedRowsBeforeError ColorTransform
    Width Height ColorSpace Intent ImageMask Mask Decode Interpolate SMask Matte
    FormType BBox Matrix Resources Group CS I
    LW LC LJ ML D RI OP op OPM Font FL SM SA BM CA ca AIS TK TR TR2 BG BG2 UCR UCR2 G BC
    PatternType PaintType TilingType XStep YStep Shading ExtGState
    ShadingType Background AntiAlias Coords Domain Function Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
    FunctionType Range Size BitsPerSample Order Encode C0 C1 Functions Bounds
    WhitePoint BlackPoint Gamma Alternate Colorants Process Components
    BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode FontBBox FontMatrix CharProcs DescendantFonts
    CIDSystemInfo DW W DW2 W2 CIDToGIDMap Registry Ordering Supplement BaseEncoding Differences
    FontName FontStretch FontWeight Flags ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth
    MaxWidth MissingWidth FontFile FontFile2 FontFile3 Length1 Length2 Length3
    CMapName WMode UseCMap
  `),
);

/** Dictionaries among them whose keys are names: of glyphs, and of inks. */
export const namedKeys: ReadonlySet<string> = new Set(keys('CharProcs Colorants'));

/** The only text strings that drawing needs: which characters the numbers in a font stand for. */
export const textKeys: ReadonlySet<string> = new Set(keys('Registry Ordering'));

/** Filters of which it is known what else they could carry: nothing, and for `DCTDecode` see `bareJpeg`. */
export const knownFilters: ReadonlySet<string> = new Set(
  keys('FlateDecode LZWDecode ASCII85Decode ASCIIHexDecode RunLengthDecode CCITTFaxDecode DCTDecode'),
);
