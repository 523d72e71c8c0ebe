// SPDX-License-Identifier: GPL-3.0-or-later

// helmengine CHART [RUNS]: microseconds of one values + render + split by helm's own packages in this process, the median and
// the least of RUNS, as a line of JSON. Loading the chart is not counted; it happens anew because helm changes what it renders.
package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "helmengine:", err)
		os.Exit(1)
	}
}

func once(path string) time.Duration {
	chart, err := loader.Load(path)
	check(err)
	start := time.Now()
	check(chartutil.ProcessDependencies(chart, map[string]any{}))
	options := common.ReleaseOptions{Name: "release-name", Namespace: "default", Revision: 1, IsInstall: true}
	values, err := util.ToRenderValuesWithSchemaValidation(chart, map[string]any{}, options, common.DefaultCapabilities, false)
	check(err)
	files, err := engine.Render(chart, values)
	check(err)
	for name := range files {
		if len(name) > 9 && name[len(name)-9:] == "NOTES.txt" {
			delete(files, name)
		}
	}
	_, _, err = releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	check(err)
	return time.Since(start)
}

func main() {
	runs := 200
	if len(os.Args) > 2 {
		count, err := strconv.Atoi(os.Args[2])
		check(err)
		runs = count
	}
	times := make([]float64, 0, runs)
	for i := 0; i < runs+runs/10; i++ {
		took := once(os.Args[1])
		if i >= runs/10 { // The first are for warming up.
			times = append(times, float64(took.Nanoseconds())/1000)
		}
	}
	sort.Float64s(times)
	fmt.Printf("{\"micros\": %.1f, \"least\": %.1f, \"runs\": %d}\n", times[len(times)/2], times[0], runs)
}
