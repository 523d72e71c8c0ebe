{{- define "image" -}}
{{ .repository }}:{{ .digest.sha256 }}
{{- end -}}
