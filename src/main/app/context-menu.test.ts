import { describe, expect, it } from 'vitest';
import { contextMenuOf } from './context-menu.ts';

describe('the context menu', () => {
  const editFlags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true };
  const roles = (params: { isEditable: boolean; selectionText: string }) =>
    contextMenuOf({ ...params, editFlags }).flatMap(({ role, enabled }) => (role ? [[role, enabled]] : []));

  it('cuts, copies and pastes in a field, as far as the field lets it', () => {
    expect(roles({ isEditable: true, selectionText: 'x' })).toEqual([
      ['cut', false],
      ['copy', true],
      ['paste', true],
      ['selectAll', true],
    ]);
  });

  it('copies text that is marked, and is not there otherwise', () => {
    expect(roles({ isEditable: false, selectionText: 'x' })).toEqual([['copy', true]]);
    expect(roles({ isEditable: false, selectionText: ' ' })).toEqual([]);
  });
});
