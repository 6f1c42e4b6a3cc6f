import { readKeysOption } from '../../../scripts/partner/keys-option';

describe('keys as a person writes them', () => {
  it('are read by type, several times for one', () => {
    expect(readKeysOption(['Organisation:a,b', 'Organisation:c', 'Flow.id:1'])).toEqual({
      Organisation: ['a', 'b', 'c'],
      'Flow.id': ['1'],
    });
  });

  it.each(['Organisation', 'Organisation:', ':a', 'a b:c'])(
    'are refused if they are not: %j',
    (text) => {
      expect(() => readKeysOption([text])).toThrow('Organisation:PG-GPPAC');
    },
  );
});
