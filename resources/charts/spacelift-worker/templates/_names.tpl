{{/* Names and labels are those of the public chart, so that a release can move between the two. */}}

{{- define "pool.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The release name alone when it says already what this is. */}}
{{- define "pool.fullname" -}}
{{- $kind := .Values.nameOverride | default .Chart.Name -}}
{{- $derived := ternary .Release.Name (print .Release.Name "-" $kind) (contains $kind .Release.Name) -}}
{{- .Values.fullnameOverride | default $derived | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "pool.serviceAccountName" -}}
{{- $fallback := ternary (include "pool.fullname" .) "default" .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default $fallback -}}
{{- end -}}

{{/* What finds the pods. Immutable on a live workload. */}}
{{- define "pool.selectorLabels" -}}
app.kubernetes.io/name: {{ include "pool.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end -}}

{{- define "pool.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "pool.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{/* Labels of the workload: a key of extraLabels replaces one of ours instead of standing there twice. */}}
{{- define "pool.workloadLabels" -}}
{{- toYaml (mergeOverwrite (include "pool.labels" . | fromYaml) .Values.extraLabels) -}}
{{- end -}}

{{- define "pool.podLabels" -}}
{{- toYaml (mergeOverwrite (include "pool.selectorLabels" . | fromYaml) .Values.extraPodLabels) -}}
{{- end -}}

{{/* A digest names exactly one image, a tag whatever it points at today. */}}
{{- define "pool.image" -}}
{{- with .digest }}{{ $.repository }}@{{ . }}{{ else }}{{ .repository }}:{{ .tag }}{{ end -}}
{{- end -}}
