/** An item being made: offsets in the narrative as text, as every field of a draft. */
export interface ItemForm {
  readonly start: string;
  readonly end: string;
  readonly provenance: string;
}
export const blankItem: ItemForm = { start: '', end: '', provenance: '' };
