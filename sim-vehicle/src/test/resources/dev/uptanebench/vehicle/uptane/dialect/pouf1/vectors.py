#!/usr/bin/env python3
"""Makes the files beside it with pyasn1 (0.6) and cryptography, which know nothing of this project's encoder.

The types are those of docs/pouf1-der.md. The key is the Ed25519 key of 32 zero bytes.
"""
import calendar
import hashlib
from pyasn1.codec.der import encoder
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pouf1_types import *
sk=Ed25519PrivateKey.from_private_bytes(bytes(32)); pub=sk.public_key().public_bytes_raw()
k=KeyOfId.clone(); k['t']=1; k['v']=pub
kid=hashlib.sha256(encoder.encode(k)).digest()
def envelope(signedType,val):
    Env=Envelope(signedType)
    env=make(Env,{'signed':val,'numberOfSignatures':0,'signatures':[]})
    digest=hashlib.sha256(encoder.encode(env['signed'])).digest()
    sig={'keyid':kid,'method':1,'hash':{'function':1,'digest':digest},'value':sk.sign(digest)}
    return encoder.encode(make(Env,{'signed':val,'numberOfSignatures':1,'signatures':[sig]}))
H=lambda b: [{'function':1,'digest':b}]
EXP=calendar.timegm((2031,2,28,12,34,56))
key={'publicKeyid':kid,'publicKeyType':1,'publicKeyValue':pub}
ab=bytes.fromhex('ab'*32); cd=bytes.fromhex('cd'*64)
role=lambda r:{'role':r,'numberOfKeyids':1,'keyids':[kid],'threshold':1}
out={}
out['root']=envelope(Signed,{'type':0,'expires':EXP,'version':3,'body':{'root':{'numberOfKeys':1,'keys':[key],'numberOfRoles':4,'roles':[role(0),role(1),role(2),role(3)],'consistentSnapshot':True}}})
out['timestamp']=envelope(Signed,{'type':3,'expires':EXP,'version':2**63-1,'body':{'timestamp':{'filename':'snapshot.der','version':4,'length':99,'numberOfHashes':1,'hashes':H(ab)}}})
out['snapshot']=envelope(Signed,{'type':2,'expires':EXP,'version':128,'body':{'snapshot':{'n':2,'files':[{'filename':'supplier.der','version':5,'length':1,'numberOfHashes':1,'hashes':H(ab)},{'filename':'targets.der','version':2}]}}})
tgt=lambda name,l,h:{'filename':name,'length':l,'numberOfHashes':len(h),'hashes':h}
out['targets']=envelope(Signed,{'type':1,'expires':EXP,'version':6,'body':{'targets':{'n':3,'targets':[
 {'target':tgt('a/b.bin',5,H(ab)+[{'function':3,'digest':cd}]),'custom':{'releaseCounter':9,'hardwareIdentifier':'H-1','ecuIdentifier':'S-1','numberOfFurtherECUs':1,'furtherECUs':[{'ecuIdentifier':'S-2','hardwareIdentifier':'H-2'}]}},
 {'target':tgt('c.bin',0,H(ab)),'custom':{'hardwareIdentifier':'H-2','numberOfHW':1,'hw':['H-1']}},
 {'target':tgt('plain \u00fc',300,H(ab))}],
 'delegations':{'nk':1,'keys':[key],'nd':2,'delegations':[{'np':1,'paths':['a/*'],'nr':1,'roles':[{'rolename':'supplier','numberOfKeyids':1,'keyids':[kid],'threshold':1}],'terminating':True},
   {'np':1,'paths':['*'],'nr':1,'roles':[{'rolename':'other','numberOfKeyids':1,'keyids':[kid],'threshold':1}]}]},
 'vehicleIdentifier':'VIN','correlationId':'order-1'}}})
out['time-root']=envelope(Signed,{'type':0,'expires':EXP,'version':4,'body':{'root':{'numberOfKeys':1,'keys':[key],'numberOfRoles':4,'roles':[role(0),role(1),role(2),role(3)],'timeSource':key}}})
out['time-targets']=envelope(Signed,{'type':1,'expires':EXP,'version':8,'body':{'targets':{'n':0,'targets':[],'vehicleIdentifier':'VIN','timeSource':key}}})
nonce=bytes(range(12)); share=bytes(range(32)); wrapped=bytes(range(80))
out['encrypted']=envelope(Signed,{'type':1,'expires':EXP,'version':7,'body':{'targets':{'n':1,'targets':[
 {'target':tgt('a.bin',5,H(ab)),'custom':{'hardwareIdentifier':'H-1','ecuIdentifier':'S-1','encryptedTarget':tgt('a.bin.S-1.enc',21,H(ab)),
   'encryptedSymmetricKey':{'type':2,'value':wrapped},'numberOfFurtherECUs':2,'furtherECUs':[
    {'ecuIdentifier':'S-2','hardwareIdentifier':'H-1','encryption':{'encryptedTarget':tgt('a.bin.S-2.enc',21,H(ab)),'encryptionMethod':0,'encryptionParameter':nonce}},
    {'ecuIdentifier':'S-3','hardwareIdentifier':'H-1','encryption':{'encryptedTarget':tgt('a.bin.S-3.enc',21,H(ab)),'encryptionMethod':1,'encryptionParameter':share}}],
   'encryptionMethod':0,'encryptionParameter':nonce}}]}}})
out['delta']=envelope(Signed,{'type':1,'expires':EXP,'version':8,'body':{'targets':{'n':1,'targets':[
 {'target':tgt('a.bin',5,H(ab)),'custom':{'hardwareIdentifier':'H-1','ecuIdentifier':'S-1',
   'numberOfFurtherECUs':2,'furtherECUs':[
    {'ecuIdentifier':'S-2','hardwareIdentifier':'H-1','encryption':{'encryptedTarget':tgt('b.enc',21,H(ab)),'encryptionMethod':0,'encryptionParameter':nonce},
     'delta':{'target':tgt('b.vcdiff',4,H(ab)),'algorithm':0}},
    {'ecuIdentifier':'S-3','hardwareIdentifier':'H-1','delta':{'target':tgt('c.vcdiff',300,H(ab)),'algorithm':0}}],
   'delta':{'target':tgt('a.vcdiff',3,H(ab)),'algorithm':0}}}]}}})
out['report']=envelope(Report,{'ecuIdentifier':'S-1','previousTime':EXP-9,'currentTime':EXP,'securityAttack':'freeze,mix-and-match','installedImage':tgt('a.bin',12,H(ab)),'reportCounter':77})
out['time']=envelope(Time,{'n':2,'tokens':[int('01'+'00ff00ff00ff00ff',16),int('01'+'8000000000000001',16)],'timestamp':EXP})
repository=lambda n:{'name':n,'numberOfServers':1,'servers':['http://backend/'+n]}
out['map']=encoder.encode(make(MapFile,{'numberOfRepositories':3,'repositories':[repository('director'),repository('image'),repository('supplier')],
 'numberOfMappings':2,'mappings':[
  {'numberOfPaths':2,'paths':['brake-*','a/b'],'numberOfRepositories':3,'repositories':['director','image','supplier'],'threshold':2},
  {'numberOfPaths':1,'paths':['*'],'numberOfRepositories':2,'repositories':['director','image'],'terminating':True}]}))
for name, file in out.items():
    open(name + '.der', 'wb').write(file)
