import { addSettings, settingsOf } from '../../../lib/selection/handler-settings.js';

class Orders {
  pay(): void {
    // Not called here.
  }
  list(): void {
    // Not called here.
  }
}
class SpecialOrders extends Orders {}
const ofClass = { enabled: false };
const ofMethod = { httpStatus: [404] };
const further = { httpStatus: [409] };

describe('settingsOf', () => {
  beforeAll(() => {
    addSettings(ofClass, Orders);
    addSettings(ofMethod, Orders.prototype.pay);
    addSettings(further, Orders.prototype.pay);
  });

  it('has those of the method before those of the class, the last added first', () => {
    expect(settingsOf(Orders, 'pay')).toEqual([further, ofMethod, ofClass]);
  });

  it('has those of the class alone for another method, or none that is known', () => {
    for (const name of ['list', 'missing', undefined]) {
      expect(settingsOf(Orders, name)).toEqual([ofClass]);
    }
  });

  it('has those of a class above', () => {
    expect(settingsOf(SpecialOrders, 'pay')).toEqual([further, ofMethod, ofClass]);
  });

  it('has none where nothing was said', () => {
    class Bare {}
    expect(settingsOf(Bare, 'pay')).toEqual([]);
    expect(settingsOf(undefined, 'pay')).toEqual([]);
  });
});
