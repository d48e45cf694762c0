// @ts-check

/**
 * Values that structured clone carries, as JSON values and back. Plain objects, arrays, strings, booleans and
 * finite numbers stay themselves, so that ten thousand ordinary rows cost one walk; anything else becomes
 * `{ "$": kind, "v": … }`, and a plain object that has a key `$` of its own is wrapped the same way.
 *
 * The function is also turned into text and run in the page: it must refer to nothing outside itself.
 */
export function codec() {
  /** @typedef {any} Json */
  const REFUSED = 'An object could not be cloned.';
  /** @type {Record<string, any>} */
  const VIEWS = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const inNode = typeof Buffer === 'function';
  // Node 20's own types do not know these yet, and Node 20 does not have them; Chromium does, since 140.
  /** @param {any} bytes @returns {string} */
  const toBase64 = (bytes) =>
    inNode
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
      : bytes.toBase64();
  /** @param {string} text @returns {ArrayBuffer} */
  const fromBase64 = (text) => {
    /** @type {any} */
    const { fromBase64: native } = Uint8Array;
    return inNode ? new Uint8Array(Buffer.from(text, 'base64')).buffer : native.call(Uint8Array, text).buffer;
  };

  /** @param {string} kind @param {Json} v */
  const tagged = (kind, v) => ({ $: kind, v });

  /** @param {any} value already a structured clone, so free of getters, proxies and foreign prototypes */
  function pack(value) {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        if (Object.is(value, -0)) return tagged('number', '-0');
        return Number.isFinite(value) ? value : tagged('number', String(value));
      case 'undefined':
        return tagged('undefined', 0);
      case 'bigint':
        return tagged('bigint', String(value));
      default:
        return value === null ? null : packObject(value);
    }
  }

  /** @param {any} value @returns {Json} */
  function packObject(value) {
    // Array.from and not map: a hole would otherwise stay a hole and become null in JSON.
    if (Array.isArray(value)) return Array.from(value, pack);
    if (value instanceof Date) return tagged('date', pack(value.getTime()));
    if (value instanceof RegExp) return tagged('regexp', [value.source, value.flags]);
    if (value instanceof Map)
      return tagged(
        'map',
        Array.from(value, ([k, v]) => [pack(k), pack(v)]),
      );
    if (value instanceof Set) return tagged('set', Array.from(value, pack));
    if (value instanceof Error) return tagged('error', [value.name, value.message]);
    if (value instanceof ArrayBuffer)
      return tagged('bytes', ['ArrayBuffer', toBase64(new Uint8Array(value))]);
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      const name = value.constructor.name in VIEWS ? value.constructor.name : 'Uint8Array';
      return tagged('bytes', [name, toBase64(bytes)]);
    }
    if (Object.prototype.toString.call(value) !== '[object Object]') throw new Error(REFUSED);
    const keys = Object.keys(value);
    if (keys.includes('$') || keys.includes('__proto__')) {
      return tagged(
        'entries',
        keys.map((key) => [key, pack(value[key])]),
      );
    }
    /** @type {Record<string, Json>} */
    const out = {};
    for (const key of keys) out[key] = pack(value[key]);
    return out;
  }

  /** @param {Json} json @returns {any} */
  function unpack(json) {
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return json.map(unpack);
    if (!('$' in json)) {
      for (const key of Object.keys(json)) json[key] = unpack(json[key]);
      return json;
    }
    const { $: kind, v } = json;
    switch (kind) {
      case 'number':
        return Number(v);
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(v);
      case 'date':
        return new Date(unpack(v));
      case 'regexp':
        return new RegExp(v[0], v[1]);
      case 'map':
        return new Map(v.map((/** @type {Json[]} */ [k, x]) => [unpack(k), unpack(x)]));
      case 'set':
        return new Set(v.map(unpack));
      case 'error':
        return Object.assign(new Error(v[1]), v[0] === 'Error' ? {} : { name: v[0] });
      case 'bytes':
        return v[0] === 'ArrayBuffer' ? fromBase64(v[1]) : new VIEWS[v[0]](fromBase64(v[1]));
      default: {
        /** @type {any} */
        const out = {};
        for (const [key, x] of v) {
          Object.defineProperty(out, key, {
            value: unpack(x),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        }
        return out;
      }
    }
  }

  return {
    /**
     * @param {any} value
     * @returns {Json}
     * @throws Error 'An object could not be cloned.' for what Electron refuses: functions, proxies, symbols
     */
    encode(value) {
      let clone;
      try {
        clone = structuredClone(value);
      } catch {
        throw new Error(REFUSED);
      }
      return pack(clone);
    },
    /** Takes its argument over: plain objects in it are reused. @param {Json} json @returns {any} */
    decode: unpack,
  };
}
