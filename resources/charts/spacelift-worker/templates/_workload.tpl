{{/* What a Deployment and a StatefulSet have in common: metadata and the head of the spec. Call with the root context. */}}
{{- define "pool.workloadMetadata" -}}
name: {{ include "pool.fullname" . }}
labels:
  {{- include "pool.workloadLabels" . | nindent 2 }}
{{- with .Values.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* 0 is a limit too, so only an absent one is left out. */}}
{{- define "pool.workloadSpec" -}}
{{- if .Values.replicasEnabled }}
replicas: {{ int .Values.replicaCount }}
{{- end }}
{{- if not (kindIs "invalid" .Values.revisionHistoryLimit) }}
revisionHistoryLimit: {{ int .Values.revisionHistoryLimit }}
{{- end }}
selector:
  matchLabels:
    {{- include "pool.selectorLabels" . | nindent 4 }}
{{- end -}}
