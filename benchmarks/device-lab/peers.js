// The rules of others, told again from what their public sources do (no code of theirs), over the sound that a browser
// hands to a page and over the picture: twilio/rtc-diagnostics (AudioInputTest), webrtc/testrtc (mictest, camera
// resolutions), livekit/client-sdk-js (its connection check). Each gives one of our verdicts, or "ok".
window.peers = {
  // Bytes of a spectrum of 32 bins, ten times a second; low when three seconds are hardly above nothing and even.
  async twilio({ context, wait }, stream) {
    const analyser = context.createAnalyser();
    analyser.fftSize = 64;
    analyser.smoothingTimeConstant = 0.4;
    context.createMediaStreamSource(stream).connect(analyser);
    const bytes = new Uint8Array(32);
    const means = [];
    for (let i = 0; i < 60; i += 1) {
      await wait(100);
      analyser.getByteFrequencyData(bytes);
      means.push(bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length);
    }
    const last = means.slice(-30);
    const mean = last.reduce((sum, one) => sum + one, 0) / last.length;
    const spread = Math.sqrt(last.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / last.length);
    return mean <= 2.55 && spread <= 2.55 ? "silent" : "ok";
  },

  // Buffers of 2048 until two seconds are not silent, five at most; level by the loudest buffer, clipping as soon as
  // the loudest sample so far has been full for more than six samples on end.
  async testrtc({ context, wait }, stream) {
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(2048);
    let [peak, loudest, clipped, most, sounding] = [0, 0, 0, 0, 0];
    for (let i = 0; i < 117 && sounding < 47; i += 1) {
      await wait(42.6);
      analyser.getFloatTimeDomainData(samples);
      if (Math.abs(samples[0]) <= 1 / 32767 && Math.abs(samples[2047]) <= 1 / 32767) continue;
      sounding += 1;
      let power = 0;
      for (const sample of samples) {
        peak = Math.max(peak, Math.abs(sample));
        power += sample * sample;
        clipped = peak >= 1 ? clipped + 1 : 0;
        most = Math.max(most, clipped);
      }
      loudest = Math.max(loudest, Math.sqrt(power / 2048));
    }
    if (peak <= 1 / 32767) return "silent";
    return most > 6 ? "clipping" : 20 * Math.log10(loudest) < -60 ? "low" : "ok";
  },

  // One look at 2048 samples of eight bits after a second: is any of them not in the middle?
  async livekit({ context, wait }, stream) {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const bytes = new Uint8Array(2048);
    await wait(1000);
    analyser.getByteTimeDomainData(bytes);
    return bytes.some((byte) => byte !== 128) ? "ok" : "silent";
  },

  // Pictures: testrtc calls a mean below 20 black; LiveKit one where everything is nothing; Twilio looks at none.
  pictures: {
    twilio: () => "ok",
    testrtc: (light) => (light.reduce((sum, one) => sum + one, 0) / light.length < 20 ? "covered" : "ok"),
    livekit: (light) => (light.every((one) => one === 0) ? "covered" : "ok"),
  },
};
