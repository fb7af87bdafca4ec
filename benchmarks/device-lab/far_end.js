// Runs in the page: the microphone as a visit sends it, through a call of two ends in this page, and what arrives there.
// Gives the samples of `seconds` at 48 kHz as base64 of 16-bit numbers. No server is named.
window.farEnd = async (seconds) => {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const here = new RTCPeerConnection();
  const there = new RTCPeerConnection();
  const hand = (other) => ({ candidate }) => candidate && other.addIceCandidate(candidate);
  here.onicecandidate = hand(there);
  there.onicecandidate = hand(here);
  const arrived = new Promise((done) => (there.ontrack = ({ track }) => done(new MediaStream([track]))));
  here.addTrack(stream.getAudioTracks()[0], stream);
  await here.setLocalDescription(await here.createOffer());
  await there.setRemoteDescription(here.localDescription);
  await there.setLocalDescription(await there.createAnswer());
  await here.setRemoteDescription(there.localDescription);
  const sound = await arrived;
  const player = Object.assign(new Audio(), { srcObject: sound, muted: true }); // Chromium decodes only what is played
  await player.play();
  const context = new AudioContext({ sampleRate: 48000 });
  await context.resume();
  const ear = context.createScriptProcessor(4096, 1, 1);
  const heard = [];
  ear.onaudioprocess = ({ inputBuffer }) => heard.push(...inputBuffer.getChannelData(0).map((one) => Math.round(32767 * one)));
  context.createMediaStreamSource(sound).connect(ear);
  ear.connect(context.destination);
  while (heard.length < seconds * 48000) await new Promise((done) => setTimeout(done, 100));
  stream.getTracks().forEach((track) => track.stop());
  [here, there].forEach((end) => end.close());
  await context.close();
  const bytes = new Uint8Array(Int16Array.from(heard).buffer);
  let text = "";
  bytes.forEach((byte) => (text += String.fromCharCode(byte)));
  return btoa(text);
};
