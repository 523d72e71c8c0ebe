{{/*
The pod template, the same for both workloads. Call with the root context.

One volume serves both containers: /opt/spacelift must be the same directory at the same path in both, since the paths
that the launcher asks the daemon to mount are resolved on the daemon's side.
*/}}
{{- define "pool.podTemplate" -}}
metadata:
  {{- if or .Values.podAnnotations .Values.credentials.create }}
  annotations:
    {{- if .Values.credentials.create }}
    checksum/credentials: {{ print .Values.credentials.token "/" .Values.credentials.privateKey | sha256sum }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  labels:
    {{- include "pool.podLabels" . | nindent 4 }}
spec:
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  serviceAccountName: {{ include "pool.serviceAccountName" . }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.runtimeClassName }}
  runtimeClassName: {{ . }}
  {{- end }}
  securityContext:
    {{- toYaml .Values.podSecurityContext | nindent 4 }}
  terminationGracePeriodSeconds: {{ int .Values.terminationGracePeriodSeconds }}
  {{- with .Values.hostAliases }}
  hostAliases:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.dnsConfig }}
  dnsConfig:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.initContainers }}
  initContainers:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    {{- include "pool.launcher" . | nindent 4 }}
    {{- include "pool.dind" . | nindent 4 }}
    {{- with .Values.additionalContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- $claimed := and .Values.useStatefulSet .Values.storageVolumeClaimTemplateSpec }}
  {{- if or (not $claimed) .Values.volumes }}
  volumes:
    {{- if not $claimed }}
    - name: launcher-storage
      {{- toYaml (.Values.storageVolume | default (dict "emptyDir" dict)) | nindent 6 }}
    {{- end }}
    {{- with .Values.volumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- with .Values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Receives runs and executes them. It gets 20 s after the order to stop in which a run can still be handed over. */}}
{{- define "pool.launcher" -}}
- name: launcher
  securityContext:
    {{- toYaml .Values.launcher.securityContext | nindent 4 }}
  image: {{ include "pool.image" .Values.launcher.image | quote }}
  imagePullPolicy: {{ .Values.launcher.image.pullPolicy }}
  resources:
    {{- toYaml .Values.launcher.resources | nindent 4 }}
  lifecycle:
    preStop:
      exec:
        command: ["/bin/sh", "-c", "sleep 20"]
  env:
    - name: DOCKER_HOST
      value: tcp://localhost:2375
    {{- if .Values.credentials.create }}
    - name: SPACELIFT_TOKEN
      valueFrom:
        secretKeyRef:
          name: {{ include "pool.fullname" . }}
          key: token
    - name: SPACELIFT_POOL_PRIVATE_KEY
      valueFrom:
        secretKeyRef:
          name: {{ include "pool.fullname" . }}
          key: privateKey
    {{- end }}
    - name: SPACELIFT_METADATA_instance_id
      valueFrom:
        fieldRef:
          fieldPath: metadata.name
    - name: SPACELIFT_METADATA_k8s_namespace
      valueFrom:
        fieldRef:
          fieldPath: metadata.namespace
    {{- with .Values.launcher.workerComms.protocol }}
    - name: SPACELIFT_WORKER_COMMS_PROTOCOL
      value: {{ . | quote }}
    {{- end }}
    {{- with .Values.launcher.workerComms.url }}
    - name: SPACELIFT_WORKER_COMMS_URL
      value: {{ . | quote }}
    {{- end }}
    {{- with .Values.launcher.extraEnv }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.launcher.envFrom }}
  envFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  volumeMounts:
    - name: launcher-storage
      mountPath: /opt/spacelift
      subPath: spacelift
    {{- with .Values.launcher.extraVolumeMounts }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}

{{/*
The Docker daemon. The command stands here because the image's own would listen with TLS, which the launcher does not
speak. On stopping, the daemon stays until no container runs; when docker does not answer, that is no proof of none.
*/}}
{{- define "pool.dind" -}}
- name: dind
  image: {{ include "pool.image" .Values.dind.image | quote }}
  imagePullPolicy: {{ .Values.dind.image.pullPolicy }}
  resources:
    {{- toYaml .Values.dind.resources | nindent 4 }}
  command: ["docker-init", "--", "dockerd", "--host", "tcp://127.0.0.1:2375"]
  env:
    - name: DOCKER_HOST
      value: tcp://localhost:2375
    {{- with .Values.dind.extraEnv }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.dind.envFrom }}
  envFrom:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  lifecycle:
    preStop:
      exec:
        command: ["/bin/sh", "-c", 'until running="$(docker ps -q)" && [ -z "$running" ]; do sleep 1; done']
  securityContext:
    privileged: true
  volumeMounts:
    - name: launcher-storage
      mountPath: /var/lib/docker
      subPath: docker
    - name: launcher-storage
      mountPath: /opt/spacelift
      subPath: spacelift
    {{- with .Values.dind.extraVolumeMounts }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
